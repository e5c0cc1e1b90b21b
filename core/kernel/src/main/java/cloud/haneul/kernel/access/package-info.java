/**
 * Who may do what: OpenStack's policy language, the rules of every service and the operator's own rules over them.
 *
 * <p>{@link cloud.haneul.kernel.access.Access} is all that other rooms need. A rule's text becomes a tree of
 * {@code Check}s once, when its file is loaded; a decision walks that tree, with no parsing and no query.
 */
package cloud.haneul.kernel.access;

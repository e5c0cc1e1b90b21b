package cloud.haneul.placement;

import cloud.haneul.kernel.Fault;

/**
 * What a provider has of one resource class, as in the placement API's inventory.
 *
 * @param total at least 1
 * @param reserved for the host itself, at most {@code total}
 * @param minUnit smallest amount of one allocation
 * @param maxUnit largest amount of one allocation
 * @param stepSize allocations are multiples of it
 * @param allocationRatio how often the rest may be given away, such as 16.0 for vCPUs
 */
public record Stock(long total, long reserved, long minUnit, long maxUnit, long stepSize, double allocationRatio) {
    public Stock {
        if (total < 1) {
            throw Fault.badRequest("total", "Invalid inventory: total must be at least 1.");
        }
        if (reserved < 0 || reserved > total) {
            throw Fault.badRequest("reserved", "Invalid inventory: reserved must be between 0 and total.");
        }
        if (minUnit < 1 || maxUnit < minUnit || stepSize < 1) {
            throw Fault.badRequest(
                    "min_unit",
                    "Invalid inventory: min_unit, max_unit and step_size must be at least 1, and max_unit not below min_unit.");
        }
        if (!(allocationRatio > 0) || Double.isInfinite(allocationRatio)) {
            throw Fault.badRequest("allocation_ratio", "Invalid inventory: allocation_ratio must be above 0.");
        }
    }

    public static Stock of(long total, double allocationRatio, long reserved) {
        return new Stock(total, reserved, 1, total, 1, allocationRatio);
    }

    public long capacity() {
        return (long) Math.floor((total - reserved) * allocationRatio);
    }
}

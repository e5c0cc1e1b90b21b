package cloud.haneul.image;

/** What is known of an image's data once it is complete and inspected; sizes in bytes. */
record ImageFile(long size, long virtualSize, String md5, String sha512) {}

package io.sentimentstreams.model;

/**
 * What a file must be.
 *
 * @param bytes its size
 * @param sha256 hex digest of its bytes
 */
public record FileDigest(long bytes, String sha256) {
  /** Of a file without bytes. */
  public static final FileDigest NONE = BundleFiles.digest(new byte[0]);

  public FileDigest {
    Checks.atLeast("bytes", bytes, 0);
    Checks.sha256("sha256", sha256);
  }
}

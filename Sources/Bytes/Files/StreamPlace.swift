/// A place in what a stream gives, as something that can be sought in the file.
public struct StreamPlace: Sendable, Hashable {
  /// Where the gzip member or zstd frame begins in the file; 0 in files that are not compressed.
  public var frame: Int
  /// Decompressed bytes from the beginning of the frame.
  public var inner: Int

  public init(frame: Int = 0, inner: Int = 0) {
    self.frame = frame
    self.inner = inner
  }
}

internal import CZstd

/// The dictionary of a `.warc.zst`: a frame at the file's start that holds no data for other readers, but
/// the dictionary that all frames behind it need (the Zstandard compression of WARC files, version 1.0).
extension Decompressor {
  /// Loads the dictionary, if the file begins with one and nothing was read before.
  /// - Returns: What is wrong with it.
  func takeDictionary<E: Error>(
    more: (inout [UInt8]) throws(E) -> Void
  ) throws(E) -> Failure? {
    guard case .zstd(let stream) = codec, base + start == 0, !isInFrame else { return nil }
    let headerCount = Decompressor.dictionaryFrame.count + 4
    while input.count < headerCount {
      guard zip(input, Decompressor.dictionaryFrame).allSatisfy(==), try refill(more) else {
        return nil
      }
    }
    guard Decompressor.beginsWithDictionary(input) else { return nil }
    let size = (4..<headerCount).reversed().reduce(0) { $0 << 8 | Int(input[$1]) }
    guard size <= Decompressor.dictionaryLimit else {
      return .corrupt("the dictionary is too large")
    }
    while input.count < headerCount + size {
      guard try refill(more) else { return .truncated }
    }
    let content = input[headerCount..<headerCount + size]
    var dictionary = Array(content)
    if content.starts(with: Decompressor.zstdFrame) {
      guard
        case .whole(let plain) = ContentCoding.zstd.decoded(
          content, limit: Decompressor.dictionaryLimit)
      else { return .corrupt("the dictionary is damaged") }
      dictionary = plain
    }
    // What is no dictionary is passed over as other frames without data are.
    guard dictionary.starts(with: Decompressor.dictionaryMagic) else { return nil }
    let code = dictionary.withUnsafeBytes {
      ZSTD_DCtx_loadDictionary(stream, $0.baseAddress, $0.count)
    }
    if ZSTD_isError(code) != 0 { return .corrupt("the dictionary is damaged") }
    start = headerCount + size
    return nil
  }

  /// Goes to a place in the file, which may be before the end of what was read of it.
  /// - Returns: How many bytes behind what was read are to be passed over.
  func move(to offset: Int) -> Int {
    let read = base + input.count
    if offset <= read {
      start = max(0, offset - base)
      return 0
    }
    input = []
    start = 0
    base = offset
    return offset - read
  }

  static func beginsWithDictionary(_ bytes: [UInt8]) -> Bool { bytes.starts(with: dictionaryFrame) }

  /// 0x184D2A5D, one of the numbers of frames without data (RFC 8878, section 3.1.2).
  private static let dictionaryFrame: [UInt8] = [0x5D, 0x2A, 0x4D, 0x18]
  private static let dictionaryMagic: [UInt8] = [0x37, 0xA4, 0x30, 0xEC]
  private static let zstdFrame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  /// Dictionaries have a hundred kilobytes, seldom a few megabytes.
  private static let dictionaryLimit = 32 << 20
}

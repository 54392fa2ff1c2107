import Bytes

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Converts bytes of one character set to UTF-8 with the C library's iconv. Belongs to one thread.
final class CharsetConverter {
  private let descriptor: iconv_t

  /// Nil when the C library does not know the character set.
  init?(_ charset: Charset) {
    let descriptor = iconv_open("UTF-8", charset.converter)
    // It answers (iconv_t)-1 on failure.
    guard let descriptor, Int(bitPattern: descriptor) != -1 else { return nil }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// Appends the text to `output`, U+FFFD for each byte that has no meaning.
  /// - Returns: How many those were.
  func convert(_ input: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Int {
    var replaced = 0
    iconv(descriptor, nil, nil, nil, nil)
    // Only read from; the C prototype predates const.
    var next = UnsafeMutableRawPointer(mutating: input.baseAddress)?
      .assumingMemoryBound(to: CChar.self)
    var left = input.count
    while left > 0 {
      let failure = step(&next, &left, to: &output)
      guard let failure, failure != E2BIG, left > 0 else { continue }
      flush(to: &output)
      output.append(scalar: 0xFFFD)
      replaced += 1
      // An incomplete sequence at the end is one error; else the next byte may begin a good one.
      let skipped = failure == EINVAL ? left : 1
      next = next.map { $0 + skipped }
      left -= skipped
    }
    flush(to: &output)
    return replaced
  }

  /// Takes the letter that some converters keep, because an accent may follow it: those of Vietnamese,
  /// Hebrew and Hong Kong's characters.
  private func flush(to output: inout [UInt8]) {
    output.append(addingCapacity: CharsetConverter.maximumKept) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { storage, initialized in
        var target = UnsafeMutableRawPointer(storage.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        var space = CharsetConverter.maximumKept
        iconv(descriptor, nil, nil, &target, &space)
        initialized += CharsetConverter.maximumKept - space
      }
    }
  }

  /// Room for what a converter keeps: a character or two in UTF-8.
  private static let maximumKept = 16

  /// Converts as much as fits into a piece of new output. Returns why it stopped; nil at the end.
  private func step(
    _ next: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, to output: inout [UInt8]
  ) -> Int32? {
    var failure: Int32?
    // Most characters of legacy sets take at most twice their bytes in UTF-8; the rest comes in pieces.
    let room = left * 2 + 64
    output.append(addingCapacity: room) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { storage, initialized in
        var target = UnsafeMutableRawPointer(storage.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        var space = room
        if iconv(descriptor, &next, &left, &target, &space) == -1 { failure = errno }
        initialized += room - space
      }
    }
    return failure
  }
}

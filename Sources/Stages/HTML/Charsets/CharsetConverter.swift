import Bytes

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Converts bytes of one character set to UTF-8 with the C library's iconv. Belongs to one thread.
///
/// Safe: the descriptor is open as long as the object, and iconv gets pointers to spans with their counts, which it
/// does not keep.
@safe final class CharsetConverter {
  private let descriptor: iconv_t

  /// Nil when the C library does not know the character set.
  init?(_ charset: Charset) {
    let descriptor = unsafe iconv_open("UTF-8", charset.converter)
    // It answers (iconv_t)-1 on failure.
    guard let descriptor = unsafe descriptor, Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    unsafe self.descriptor = descriptor
  }

  deinit { unsafe iconv_close(descriptor) }

  /// Appends the text to `output`, U+FFFD for each byte that has no meaning.
  /// - Returns: How many those were.
  func convert(_ input: Span<UInt8>, to output: inout [UInt8]) -> Int {
    var replaced = 0
    unsafe iconv(descriptor, nil, nil, nil, nil)
    var index = 0
    while index < input.count {
      let failure = step(input, &index, to: &output)
      guard let failure, failure != E2BIG, index < input.count else { continue }
      flush(to: &output)
      output.append(scalar: 0xFFFD)
      replaced += 1
      // An incomplete sequence at the end is one error; else the next byte may begin a good one.
      index = failure == EINVAL ? input.count : index + 1
    }
    flush(to: &output)
    return replaced
  }

  /// Takes the letter that some converters keep, because an accent may follow it: those of Vietnamese,
  /// Hebrew and Hong Kong's characters.
  private func flush(to output: inout [UInt8]) {
    _ = unsafe write(to: &output, room: CharsetConverter.maximumKept) { target, space in
      unsafe iconv(descriptor, nil, nil, target, space)
    }
  }

  /// Room for what a converter keeps: a character or two in UTF-8.
  private static let maximumKept = 16

  /// Converts as much as fits into a piece of new output, and moves `index` past it. Returns why it stopped; nil at
  /// the end.
  private func step(_ input: Span<UInt8>, _ index: inout Int, to output: inout [UInt8]) -> Int32? {
    let rest = input.extracting(index...)
    var left = rest.count
    // Most characters of legacy sets take at most twice their bytes in UTF-8; the rest comes in pieces.
    let result = unsafe rest.withUnsafeBytes { bytes in
      // Only read from; the C prototype predates const.
      var next = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
        .assumingMemoryBound(to: CChar.self)
      return unsafe write(to: &output, room: left * 2 + 64) { target, space in
        unsafe iconv(descriptor, &next, &left, target, space)
      }
    }
    index = input.count - left
    return result
  }

  /// Appends what `convert` writes to the place and into the room that it is given. Returns why it stopped.
  private func write(
    to output: inout [UInt8], room: Int,
    _ convert: (
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, UnsafeMutablePointer<Int>
    ) -> Int
  ) -> Int32? {
    var failure: Int32?
    output.append(addingCapacity: room) { free in
      unsafe free.withUnsafeMutableBufferPointer { storage, initialized in
        var target = unsafe UnsafeMutableRawPointer(storage.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        var space = room
        if unsafe convert(&target, &space) == -1 { failure = errno }
        initialized += room - space
      }
    }
    return failure
  }
}

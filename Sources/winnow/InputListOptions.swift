import ArgumentParser
import Bytes
import Pipeline

/// Options that name INPUTs in files, of which there may be more than a command line holds.
struct InputListOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file with further INPUTs, each on a line of its own; - for standard input. May be compressed.",
      valueName: "file"), completion: .file())
  var filesFrom: [String] = []

  @Option(
    name: .customLong("files0-from"),
    help: ArgumentHelp(
      "The same with a zero byte after each, as find -print0 writes them.", valueName: "file"),
    completion: .file())
  var files0From: [String] = []

  /// Bytes of one list: names are held in memory.
  private static let maximum = ByteCount.mebibytes(256)

  /// The INPUTs of a command, arguments first; nil if there are neither arguments nor lists.
  /// - Throws: `ExitCode`, after having said what is wrong with a list.
  func inputs(_ arguments: [String], _ stop: StopSignal) throws -> [InputArgument]? {
    if arguments.isEmpty, filesFrom.isEmpty, files0From.isEmpty { return nil }
    do {
      let inputs =
        try arguments.map(InputArgument.init)
        + filesFrom.flatMap { try list($0, separator: UInt8(ascii: "\n"), stop) }
        + files0From.flatMap { try list($0, separator: 0, stop) }
      let uses = filesFrom + files0From + inputs.map(\.path)
      if (filesFrom + files0From).contains("-"), uses.count(where: { $0 == "-" }) > 1 {
        throw ValidationError("standard input is a list of files, and can be read only once")
      }
      return inputs
    } catch {
      Terminal.complain(error)
      throw ExitCode.wrongArguments
    }
  }

  private func list(
    _ path: String, separator: UInt8, _ stop: StopSignal
  ) throws -> [InputArgument] {
    let stream = path == "-" ? ByteStream.standardInput : try ByteStream.reading(path)
    let name = path == "-" ? "standard input" : path
    var bytes: [UInt8] = []
    while try stream.read(into: &bytes, count: 1 << 16, stop: stop) > 0 {
      if bytes.count > InputListOptions.maximum.bytes {
        throw ValidationError("\(name) holds more than \(InputListOptions.maximum) of names")
      }
    }
    return InputArgument.list(SourceText(name: name, bytes: bytes), separator: separator)
  }
}

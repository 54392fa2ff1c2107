public import Pipeline

/// Writes one file, or many.
public enum OutputWriter: SinkWriter {
  case file(FileWriter)
  case parts(PartsWriter)

  @discardableResult
  public func write(_ bytes: [UInt8]) throws -> Int {
    switch self {
    case .file(let writer): try writer.write(bytes)
    case .parts(let writer): try writer.write(bytes)
    }
  }

  public func checkpoint() throws -> SinkPosition {
    switch self {
    case .file(let writer): try writer.checkpoint()
    case .parts(let writer): try writer.checkpoint()
    }
  }

  public func close() throws -> SinkPosition {
    switch self {
    case .file(let writer): try writer.close()
    case .parts(let writer): try writer.close()
    }
  }

  public func publish() throws {
    switch self {
    case .file(let writer): try writer.publish()
    case .parts(let writer): try writer.publish()
    }
  }

  public func abandon() -> String? {
    switch self {
    case .file(let writer): writer.abandon()
    case .parts(let writer): writer.abandon()
    }
  }
}

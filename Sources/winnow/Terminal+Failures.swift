import ArgumentParser
import Bytes
import Runner

extension Terminal {
  /// Does what a command does. What goes wrong is told, and becomes an exit code; a reader of the output that has
  /// gone is nothing wrong.
  /// - Throws: `ExitCode` and nothing else.
  static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let code as ExitCode {
      throw code
    } catch let error as SystemError where error.isClosedPipe {
      throw ExitCode.success
    } catch {
      complain(error)
      throw isRequestError(error) ? ExitCode.wrongArguments : ExitCode.runFailed
    }
  }

  /// Whether the user asked for what cannot be.
  private static func isRequestError(_ error: any Error) -> Bool {
    error is IndexRequestError || error is PageSearch.Problem || error is ValidationError
  }
}

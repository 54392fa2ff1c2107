import Bytes
import Pipeline
import TestSupport
import Testing

@testable import ExecStage

/// What is said of settings that cannot be served.
@Suite("exec: settings")
struct ExecSettingsTests {
  private func complaint(_ json: String) -> String? {
    do {
      _ = try Exec.made(from: json)
      return nil
    } catch let complaint as Complaint {
      return "\(complaint.key ?? "") \(complaint.message)"
    } catch {
      return "\(error)"
    }
  }

  @Test("a program that is not there, and what was probably meant")
  func missing() {
    #expect(
      complaint(#"{"command": ["python33"]}"#)?.hasPrefix(
        "command cannot be started: there is no program \"python33\" on the PATH; did you mean python3"
      )
        == true)
    #expect(
      complaint(#"{"command": ["sed -u p"]}"#)
        == "command cannot be started: there is no program \"sed -u p\" on the PATH; write each word in an "
        + "element of its own: [\"sed\", \"-u\", \"p\"]")
    #expect(
      complaint(#"{"command": ["/nowhere/at/all"]}"#)
        == "command cannot be started: there is no file /nowhere/at/all")
    #expect(
      complaint(#"{"command": ["/etc"]}"#) == "command cannot be started: /etc is no file")
  }

  @Test("a script that is not executable")
  func script() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("score.py", "print()")
    #expect(
      complaint("{\"command\": [\"\(path)\"]}")
        == "command cannot be started: \(path) is not executable; allow it with chmod +x, or name the program "
        + "that reads it, as in [\"python3\", \"\(path)\"]")
  }

  @Test("only the end of a program's output ends answers that name their records")
  func lifetime() {
    #expect(
      complaint(#"{"command": ["cat"], "answers": "by_id", "lifetime": "run"}"#)
        == "lifetime must be \"batch\" with \"answers\": \"by_id\": only the end of its output tells that the "
        + "program has no further answer")
  }

  @Test(
    "wrong settings",
    arguments: [
      (
        #"{"command": "jq -c ."}"#,
        "command must be a list of strings: a program and its arguments, is a string; write [\"jq\", \"-c\", \".\"]"
      ),
      (#"{"command": []}"#, "command must name a program"),
      (#"{"command": [""]}"#, "command must name a program"),
      (#"{"command": ["a\u0000b"]}"#, "command must not hold the character U+0000"),
      (
        "{}",
        "the definition lacks the setting command: a list of strings: a program and its arguments"
      ),
      (#"{"command": ["cat"], "seconds": 0}"#, "seconds must be within 0.1...86400, is 0"),
      (
        #"{"command": ["cat"], "answers": "by"}"#,
        "answers must be one of \"one\", \"by_id\", is \"by\"; did you mean by_id?"
      ),
    ])
  func wrong(json: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) { try Exec.Settings.read(from: json) }
  }
}

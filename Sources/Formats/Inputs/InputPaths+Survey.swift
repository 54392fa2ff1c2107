import Bytes
import Pipeline

extension InputPaths {
  /// Goes through the files as a reader does, and opens none.
  /// - Throws: When the state cannot be read, or what the machine has runs short.
  func survey(_ state: StageState?) throws -> InputSurvey {
    let processed = ProcessedFiles(state, isWanted: skipsProcessed, stop: context.stop)
    var survey = InputSurvey(parts: paths.map(InputSurvey.Part.init(path:)))
    var walk = InputWalk(paths, endings: endings)
    while !context.stop.isRequested, let step = walk.next() {
      switch step {
      case .file(let entry):
        if try processed?.contains(entry) == true {
          survey.skippedFiles += 1
        } else {
          InputPaths.count(entry, in: &survey)
        }
      case .unreadable(_, let error):
        if error.isShortage { throw error }
        survey.addUnreadable(error)
      }
    }
    var batch = RawBatch(byteBudget: 1)
    walk.moveLeftOut(to: &batch)
    survey.leftOut = batch.leftOut
    return survey
  }

  private static func count(_ entry: InputWalk.Entry, in survey: inout InputSurvey) {
    guard entry.path != "-", let size = FileSystem.size(of: entry.path) else {
      survey.parts[entry.root].isStream = true
      return
    }
    do throws(SystemError) {
      try FileSystem.checkReadable(entry.path)
      survey.parts[entry.root].files += 1
      survey.parts[entry.root].bytes += size
    } catch {
      survey.addUnreadable(error)
    }
  }
}

extension ProcessedFiles {
  fileprivate func contains(_ entry: InputWalk.Entry) throws -> Bool {
    guard let version = ProcessedFiles.version(of: entry.path) else { return false }
    return try contains(entry.path, version)
  }
}

extension InputSurvey {
  fileprivate mutating func addUnreadable(_ error: SystemError) {
    unreadable += 1
    if firstUnreadable == nil { firstUnreadable = error }
  }
}

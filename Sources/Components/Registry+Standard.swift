import BoilerplateStage
import EntitiesStage
import ExecStage
import FieldsStage
import Formats
import HTMLStage
import LanguageStage
import LimitStage
import NearDuplicatesStage
import NormalizeStage
import PageURLStage
public import Pipeline
import RepeatedBlocksStage
import RevisitsStage
import SampleStage
import SelectStage

extension Registry {
  /// All components, in the order of the manual.
  public static let standard = Registry(
    sources: [
      .source(FilesSource.self), .source(NDJSONSource.self), .source(WARCSource.self),
      .source(CSVSource.self), .source(ArchiveSource.self),
    ],
    stages: [
      .stage(Revisits.self), .stage(HTML.self), .stage(Boilerplate.self), .stage(Language.self),
      .stage(NearDuplicates.self), .stage(RepeatedBlocks.self), .stage(Entities.self),
      .stage(Normalize.self), .stage(Exec.self),
      .stage(Select.self), .stage(Sample.self), .stage(Limit.self),
      .stage(Fields.self), .stage(PageURL.self),
    ],
    sinks: [.sink(NDJSONSink.self)])
}

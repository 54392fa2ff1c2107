public import Pipeline

/// Which members a record has, and where: winnow's own, or those that another program expects.
public enum RecordLayout: String, SettingChoice { case winnow, datatrove, dolma, flat }

extension RecordLayout {
  /// Names that the layout itself gives to members beside those of the metadata.
  var ownNames: Set<String> {
    switch self {
    case .winnow: []
    case .datatrove: ["source", "created", "annotations", "rejected"]
    case .dolma: ["annotations", "rejected"]
    case .flat:
      [
        "id", "text", "source", "created", "metadata", "annotations", "rejected_stage",
        "rejected_reason", "rejected_file", "rejected_line", "rejected_byte_offset",
        "rejected_details",
      ]
    }
  }
}

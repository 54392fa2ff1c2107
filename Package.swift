// swift-tools-version: 6.2
import PackageDescription

/// Complete concurrency checking comes with language mode 6, and a warning is an error, so that none is ever
/// left standing.
let commonSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // A type that holds a span, and a function that returns one, say whose bytes these are.
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

/// With strict memory safety, what the compiler cannot prove to be safe is marked `unsafe`.
let settings = commonSettings + [.strictMemorySafety()]

/// A stage is a target of its own, so that the compiler keeps it out of the others.
func stage(
  _ name: String, _ others: Target.Dependency..., settings: [SwiftSetting] = settings
) -> Target {
  .target(
    name: "\(name)Stage", dependencies: ["Pipeline", "Bytes"] + others,
    path: "Sources/Stages/\(name)", swiftSettings: settings)
}

/// The tests of a stage. They may use other stages: pages come from `HTML`.
func tests(ofStage name: String, _ others: Target.Dependency...) -> Target {
  .testTarget(
    name: "\(name)StageTests",
    dependencies: [.target(name: "\(name)Stage"), "Pipeline", "Bytes", "TestSupport"] + others,
    path: "Tests/Stages/\(name)", swiftSettings: commonSettings)
}

/// All stages.
let stages: [Target.Dependency] = [
  "HTMLStage", "BoilerplateStage", "LanguageStage", "NearDuplicatesStage", "RepeatedBlocksStage",
  "RevisitsStage", "EntitiesStage", "ExecStage", "NormalizeStage", "SelectStage", "SampleStage",
  "LimitStage", "FieldsStage", "PageURLStage",
]

// The edges are the architecture: a stage cannot know about threads, the runner not about HTML.
let package = Package(
  name: "winnow",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "winnow", targets: ["winnow"]),
    .executable(name: "winnow-bench", targets: ["winnow-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // System libraries, and C faces for those written in C++.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CUchardet", pkgConfig: "uchardet",
      providers: [.apt(["libuchardet-dev"]), .brew(["uchardet"])]),
    .systemLibrary(
      name: "CRocksDB", pkgConfig: "rocksdb",
      providers: [.apt(["librocksdb-dev"]), .brew(["rocksdb"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CISAL", pkgConfig: "libisal",
      providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
    .systemLibrary(
      name: "CUTF8Proc", pkgConfig: "libutf8proc",
      providers: [.apt(["libutf8proc-dev"]), .brew(["utf8proc"])]),
    .systemLibrary(
      name: "CBzip2", providers: [.apt(["libbz2-dev"]), .brew(["bzip2"])]),
    .systemLibrary(
      name: "CXZ", pkgConfig: "liblzma",
      providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec",
      providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .target(
      name: "CSimdjson",
      cxxSettings: [.unsafeFlags(["-O3"])],
      linkerSettings: [
        .linkedLibrary("simdjson"), .linkedLibrary("stdc++", .when(platforms: [.linux])),
      ]),
    .target(
      name: "CCLD2",
      linkerSettings: [
        .linkedLibrary("cld2_full"), .linkedLibrary("cld2"),
        .linkedLibrary("stdc++", .when(platforms: [.linux])),
      ]),

    // The model of main content, as bytes of the program; Tools/main-content writes it.
    .target(name: "CMainContentModel", exclude: ["main-content.model", "MODEL.md"]),

    // What a run asks of the system that Swift has no words for.
    .target(name: "CMachine"),

    .target(
      name: "Bytes",
      dependencies: [
        "CSimdjson", "CZstd", "CZlib", "CISAL", "CBzip2", "CXZ", "CBrotli", "CArchive",
      ],
      swiftSettings: commonSettings),
    .target(name: "Pipeline", dependencies: ["Bytes"], swiftSettings: settings),
    // What writes a page's text, and what reads and writes files of records.
    .target(name: "PageText", dependencies: ["Pipeline", "Bytes"], swiftSettings: settings),
    .target(name: "Formats", dependencies: ["Pipeline", "Bytes"], swiftSettings: commonSettings),

    // Stages do not know of each other. What several need is below them.
    .target(
      name: "SharedByStages", dependencies: ["Pipeline", "Bytes"], path: "Sources/Stages/Shared",
      swiftSettings: settings),
    stage("HTML", "PageText", "CLibXML2", "CUchardet"),
    stage("Boilerplate", "PageText", "CMainContentModel"),
    stage("Language", "CCLD2"),
    stage("NearDuplicates", "SharedByStages"),
    stage("RepeatedBlocks", "SharedByStages"),
    stage("Revisits", "SharedByStages"),
    stage("Entities"),
    stage("Exec", "Formats", "CMachine", settings: commonSettings),
    stage("Select"),
    stage("Normalize", "CUTF8Proc"),
    stage("Sample"),
    stage("Limit"),
    stage("Fields"),
    stage("PageURL"),

    // The list of all components.
    .target(
      name: "Components", dependencies: ["Pipeline", "Formats"] + stages, swiftSettings: settings),
    .target(
      name: "State", dependencies: ["Pipeline", "Bytes", "CRocksDB"], swiftSettings: commonSettings),
    .target(
      name: "Runner", dependencies: ["State", "Pipeline", "Bytes", "CMachine"],
      swiftSettings: settings),
    .executableTarget(
      name: "winnow",
      dependencies: [
        "Components", "Formats", "HTMLStage", "BoilerplateStage", "Runner", "Pipeline", "Bytes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "winnow-bench",
      dependencies: [
        "Components", "Formats", "HTMLStage", "NearDuplicatesStage", "Runner", "State", "Pipeline",
        "Bytes",
        "CLibXML2",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: commonSettings),

    .target(
      name: "TestSupport", dependencies: ["Components", "Runner", "Pipeline", "Bytes"],
      path: "Tests/Support", swiftSettings: commonSettings),
    .executableTarget(
      name: "winnow-fuzz",
      dependencies: [
        "Components", "Runner", "Pipeline", "Bytes", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Fuzz", swiftSettings: commonSettings),
    .testTarget(
      name: "BytesTests", dependencies: ["Bytes", "CBzip2", "CXZ", "TestSupport"],
      swiftSettings: commonSettings),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "Components", "TestSupport"],
      swiftSettings: commonSettings),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "Pipeline", "Bytes", "TestSupport"],
      path: "Tests/Formats", swiftSettings: commonSettings),
    .testTarget(
      name: "PageTextTests",
      dependencies: ["PageText", "HTMLStage", "Pipeline", "Bytes", "TestSupport"],
      path: "Tests/PageText", swiftSettings: commonSettings),
    tests(ofStage: "HTML", "PageText", "Formats"),
    tests(ofStage: "Boilerplate", "HTMLStage", "PageText"),
    tests(ofStage: "Language"),
    tests(ofStage: "NearDuplicates", "SharedByStages"),
    tests(ofStage: "RepeatedBlocks", "SharedByStages", "NearDuplicatesStage"),
    tests(ofStage: "Revisits", "SharedByStages"),
    tests(ofStage: "Entities"),
    tests(ofStage: "Exec"),
    tests(ofStage: "Select"),
    tests(ofStage: "Normalize"),
    tests(ofStage: "Sample"),
    tests(ofStage: "Limit"),
    tests(ofStage: "Fields"),
    tests(ofStage: "PageURL"),
    .testTarget(
      name: "StateTests", dependencies: ["State", "TestSupport"], swiftSettings: commonSettings),
    .testTarget(
      name: "RunnerTests", dependencies: ["Runner", "State", "Components", "TestSupport"],
      swiftSettings: commonSettings),
    .testTarget(
      name: "CommandTests", dependencies: ["TestSupport", "winnow"], swiftSettings: commonSettings),
  ],
  swiftLanguageModes: [.v6]
)

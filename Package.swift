// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is compiled alike: complete concurrency checking comes with language mode 6,
/// and a warning is an error, so that none is ever left standing.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
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
      name: "Bytes", dependencies: ["CSimdjson", "CZstd", "CZlib"], swiftSettings: settings),
    .target(name: "Pipeline", dependencies: ["Bytes"], swiftSettings: settings),
    .target(
      name: "Components",
      dependencies: [
        "Pipeline", "Bytes", "CLibXML2", "CUchardet", "CCLD2", "CMainContentModel",
      ],
      swiftSettings: settings),
    .target(
      name: "State", dependencies: ["Pipeline", "Bytes", "CRocksDB"], swiftSettings: settings),
    .target(
      name: "Runner", dependencies: ["State", "Pipeline", "Bytes", "CMachine"],
      swiftSettings: settings),
    .executableTarget(
      name: "winnow",
      dependencies: [
        "Components", "Runner", "Pipeline", "Bytes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "winnow-bench",
      dependencies: [
        "Components", "Runner", "State", "Pipeline", "Bytes", "CLibXML2",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["Components", "Runner", "Pipeline", "Bytes"],
      path: "Tests/Support", swiftSettings: settings),
    .testTarget(
      name: "BytesTests", dependencies: ["Bytes", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "Components", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ComponentsTests", dependencies: ["Components", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "StateTests", dependencies: ["State", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "RunnerTests", dependencies: ["Runner", "State", "Components", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["TestSupport", "winnow"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

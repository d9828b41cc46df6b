// swift-tools-version: 6.2
import PackageDescription

// Every Swift target gets the same strict settings; warnings are errors in this package
// (and stay warnings where another package depends on it).
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // Generic types are made from what the compiler knows, not looked up by name, for which the runtime goes
    // through all conformances of the program, 0.1 ms a type: the command starts sooner.
    .unsafeFlags(
        ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
        .when(configuration: .release)
    ),
]

/// The command as released has the Swift runtime inside: it starts sooner, and where no Swift is.
///
/// Compiled modules name the shared libraries alone, so what else these consist of is named here.
let standalone: [LinkerSetting] = [
    .unsafeFlags(
        ["-static-stdlib", "-use-ld=lld"]
            + [
                "CoreFoundation", "FoundationInternationalization", "_FoundationICU",
                "_FoundationCShims", "_FoundationCollections", "swiftSynchronization",
                "swift_RegexParser",
            ].map { "-l\($0)" },
        .when(platforms: [.linux], configuration: .release)
    )
]

let systemLibraries: [Target] = [
    .systemLibrary(
        name: "COddityBLAS",
        pkgConfig: "openblas",
        providers: [.apt(["libopenblas-dev"])]
    ),
    .systemLibrary(name: "COddityZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "COddityZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "COddityExif", pkgConfig: "libexif", providers: [.apt(["libexif-dev"])]),
    .systemLibrary(name: "COddityPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
        name: "COddityTurboJPEG",
        pkgConfig: "libturbojpeg",
        providers: [.apt(["libturbojpeg0-dev"])]
    ),
    .systemLibrary(name: "COddityZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
]

/// What every module may use.
let foundation = ["OddityPlatform", "OddityFailures"]

/// A module of the library and its tests.
func module(
    _ name: String,
    _ dependencies: [String],
    products: [Target.Dependency] = [],
    resources: [Resource] = []
) -> [Target] {
    [
        .target(
            name: name,
            dependencies: (foundation + dependencies).map { .init(stringLiteral: $0) } + products,
            swiftSettings: settings
        ),
        .testTarget(
            name: name + "Tests",
            dependencies: (foundation + [name, "TestSupport"] + dependencies)
                .map { .init(stringLiteral: $0) } + products,
            resources: resources,
            swiftSettings: settings
        ),
    ]
}

// A module imports only modules above it. All names begin with Oddity or COddity, so that no other package's
// module has the same.
let modules: [[Target]] = [
    [.target(name: "COddityKernels")],
    [.target(name: "OddityPlatform", swiftSettings: settings)],
    [.target(name: "OddityFailures", swiftSettings: settings)],
    [
        .target(
            name: "TestSupport",
            dependencies: ["OddityPlatform"],
            path: "Tests/TestSupport",
            swiftSettings: settings
        )
    ],
    module("OddityEvaluation", ["COddityKernels"], resources: [.copy("Fixtures")]),
    module("OddityLinearAlgebra", ["COddityKernels", "COddityBLAS"]),
    module(
        "OddityNeuralNetworks",
        ["COddityKernels", "OddityLinearAlgebra"],
        resources: [.copy("Fixtures")]
    ),
    module("OddityFiles", []),
    module(
        "OddityArrays",
        ["COddityZip", "COddityZlib", "OddityFiles"],
        resources: [.copy("Fixtures")]
    ),
    module(
        "OddityDatasets",
        ["COddityKernels", "COddityZlib", "COddityZstd", "OddityArrays", "OddityFiles"]
    ),
    // Apart from the datasets, as SQLite comes with all of Foundation, which the library for C is better without.
    module(
        "OddityDatabases",
        ["OddityDatasets"],
        products: [.product(name: "GRDB", package: "GRDB.swift")]
    ),
    [.target(name: "COddityPNGReading", dependencies: ["COddityPNG"])],
    module(
        "OddityImages",
        [
            "OddityArrays", "COddityExif", "COddityPNG", "COddityPNGReading", "COddityTurboJPEG",
            "OddityFiles",
            "OddityLinearAlgebra",
        ],
        resources: [.copy("Fixtures")]
    ),
    module(
        "OdditySeries",
        ["OddityArrays", "OddityDatasets", "OddityFiles"],
        resources: [.copy("Fixtures")]
    ),
    module("OddityModelFiles", ["COddityZlib", "OddityFiles"]),
    module(
        "OddityPreprocessing",
        ["OddityDatasets", "OddityLinearAlgebra"],
        resources: [.copy("Fixtures")]
    ),
    module(
        "OddityDetectors",
        [
            "COddityKernels", "OddityDatasets", "OddityEvaluation", "OddityFiles", "OddityImages",
            "OddityLinearAlgebra", "OddityModelFiles",
            "OddityNeuralNetworks", "OddityPreprocessing", "OdditySeries",
        ],
        resources: [.copy("Fixtures")]
    ),
]

// What stands above the detectors.
let front: [[Target]] = [
    module(
        "OddityModelSelection",
        [
            "OddityDatasets", "OddityDetectors", "OddityEvaluation", "OddityFiles",
            "OddityLinearAlgebra", "OddityNeuralNetworks",
            "OddityPreprocessing", "OdditySeries",
        ]
    ),
    module("OddityReports", ["OddityEvaluation"]),
    module(
        "OddityRecords",
        [
            "OddityDatasets", "OddityDetectors", "OddityEvaluation", "OddityFiles", "OddityImages",
            "OddityLinearAlgebra", "OddityModelFiles", "OddityModelSelection",
            "OddityNeuralNetworks", "OddityPreprocessing", "OddityReports", "OdditySeries",
        ]
    ),
    module(
        "Oddity",
        [
            "OddityArrays", "OddityDatabases", "OddityDatasets", "OddityDetectors",
            "OddityEvaluation", "OddityFiles", "OddityImages", "OddityLinearAlgebra",
            "OddityModelFiles", "OddityModelSelection",
            "OddityNeuralNetworks", "OddityPreprocessing", "OddityRecords", "OddityReports",
            "OdditySeries",
        ]
    ),
]

// Models in the format of ONNX. The command alone depends on it, so that what else is built stays without it and what it needs.
let exchange: [Target] = module(
    "OddityONNX",
    [
        "OddityDatasets", "OddityDetectors", "OddityEvaluation", "OddityFiles", "OddityImages",
        "OddityLinearAlgebra", "OddityNeuralNetworks", "OddityPreprocessing",
    ],
    products: [.product(name: "SwiftProtobuf", package: "swift-protobuf")]
)

// The command; its target is not called `oddity`, which a case-insensitive disk would take for `Oddity`.
let command: [Target] = [
    .target(name: "COddityDemoData", exclude: ["README.md", "benign-train.csv", "patients.csv"]),
    .target(
        name: "OddityCommands",
        dependencies: [
            "OddityPlatform", "OddityFailures", "OddityArrays", "COddityDemoData",
            "OddityDatabases", "OddityDatasets",
            "OddityDetectors", "OddityEvaluation", "OddityFiles", "OddityImages",
            "OddityLinearAlgebra", "OddityModelFiles", "OddityModelSelection",
            "OddityNeuralNetworks", "OddityONNX", "OddityPreprocessing",
            "OddityRecords", "OddityReports", "OdditySeries",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings
    ),
    .executableTarget(
        name: "OddityTool",
        dependencies: ["OddityCommands"],
        swiftSettings: settings,
        linkerSettings: standalone
    ),
    .testTarget(
        name: "OddityCommandsTests",
        // The tool is what the tests run.
        dependencies: [
            "OddityTool", "TestSupport", "COddityZlib", "COddityZstd",
            .product(name: "GRDB", package: "GRDB.swift"),
        ],
        swiftSettings: settings
    ),
]

// The library for programs that are not written in Swift; `scripts/build_library.sh` makes a shared one of it.
let interface: [Target] = [
    .target(name: "COddityInterface", exclude: ["oddity.pc.in"]),
    .target(
        name: "OddityC",
        dependencies: [
            "COddityInterface", "OddityPlatform", "OddityFailures", "OddityArrays",
            "OddityDatasets", "OddityDetectors", "OddityEvaluation", "OddityFiles", "OddityImages",
            "OddityLinearAlgebra", "OddityModelFiles", "OddityNeuralNetworks",
            "OddityPreprocessing", "OddityRecords", "OdditySeries",
        ],
        swiftSettings: settings
    ),
]

// `make fuzz` builds it, under the sanitizers of libFuzzer and addresses; nothing else needs it. It lies in this
// package to reach what is not public.
let fuzzing: [Target] = [
    .executableTarget(
        name: "OddityFuzzing",
        dependencies: [
            "OddityCommands", "OddityDatasets", "OddityDetectors", "OddityFailures", "OddityFiles",
            "OddityImages", "OddityModelFiles", "OddityModelSelection",
            "OddityPlatform", "OddityRecords", "OdditySeries",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        path: "Fuzzing/OddityFuzzing",
        swiftSettings: [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .treatAllWarnings(as: .error),
        ]
    )
]
let isFuzzing = Context.environment["ODDITY_FUZZING"] == "1"

// `make bench` builds it; like the fuzzing it measures what is not public.
let benchmarks: [Target] = [
    .executableTarget(
        name: "OddityBenchmarks",
        dependencies: [
            "Oddity", "OddityDatasets", "OddityLinearAlgebra", "OddityNeuralNetworks",
            "OddityPlatform",
        ],
        path: "Benchmarks/OddityBenchmarks",
        swiftSettings: settings
    )
]
let isMeasuring = Context.environment["ODDITY_BENCHMARKS"] == "1"

// `make sanitize` looks at what reads bytes, works with pointers or uses threads: all of it lies no higher than the detectors, and the
// rest need not be built twice more.
let isWhole = Context.environment["ODDITY_DETECTORS_ONLY"] != "1"

let package = Package(
    name: "oddity",
    platforms: [.macOS(.v15)],
    products: (isWhole
        ? [
            .library(name: "Oddity", targets: ["Oddity"]),
            .library(name: "OddityC", type: .static, targets: ["OddityC"]),
            .library(name: "OddityONNX", targets: ["OddityONNX"]),
            .executable(name: "oddity", targets: ["OddityTool"]),
        ] : [])
        + (isMeasuring
            ? [.executable(name: "oddity-bench", targets: ["OddityBenchmarks"])] : [])
        + (isFuzzing ? [.executable(name: "oddity-fuzz", targets: ["OddityFuzzing"])] : []),
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Tables of SQLite databases.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Models in the format of ONNX.
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        // `make docs` only.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: systemLibraries + modules.flatMap { $0 }
        + (isWhole ? front.flatMap { $0 } + exchange + interface + command : [])
        + (isMeasuring ? benchmarks : [])
        + (isFuzzing ? fuzzing : []),
    swiftLanguageModes: [.v6]
)

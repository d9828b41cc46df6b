// swift-tools-version: 6.2
import PackageDescription

// Every Swift target gets the same strict settings; warnings are errors in this package
// (and stay warnings where another package depends on it).
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let systemLibraries: [Target] = [
    .systemLibrary(
        name: "COpenBLAS",
        pkgConfig: "openblas",
        providers: [.apt(["libopenblas-dev"])]
    ),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExif", pkgConfig: "libexif", providers: [.apt(["libexif-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
        name: "CTurboJPEG",
        pkgConfig: "libturbojpeg",
        providers: [.apt(["libturbojpeg0-dev"])]
    ),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
]

/// A module of the library and its tests.
func module(_ name: String, _ dependencies: [String], resources: [Resource] = []) -> [Target] {
    [
        .target(
            name: name,
            dependencies: dependencies.map { .init(stringLiteral: $0) },
            swiftSettings: settings
        ),
        .testTarget(
            name: name + "Tests",
            dependencies: ([name, "TestSupport"] + dependencies).map { .init(stringLiteral: $0) },
            resources: resources,
            swiftSettings: settings
        ),
    ]
}

// A module imports only modules above it.
let modules: [[Target]] = [
    [.target(name: "CKernels")],
    [.target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings)],
    module("Evaluation", [], resources: [.copy("Fixtures")]),
    module("LinearAlgebra", ["CKernels", "COpenBLAS"]),
    module("NeuralNetworks", ["CKernels", "LinearAlgebra"], resources: [.copy("Fixtures")]),
    module("Files", []),
    module("Arrays", ["CZip", "CZlib", "Files"], resources: [.copy("Fixtures")]),
    module("Datasets", ["CZlib", "Files"]),
    [.target(name: "CPNGReading", dependencies: ["CPNG"])],
    module(
        "Images",
        [
            "Arrays", "CExif", "CPNG", "CPNGReading", "CTurboJPEG", "Files",
            "LinearAlgebra",
        ],
        resources: [.copy("Fixtures")]
    ),
    module(
        "Series",
        ["Arrays", "Datasets", "Files"],
        resources: [.copy("Fixtures")]
    ),
    module("ModelFiles", ["CZlib", "Files"]),
    module("Preprocessing", ["Datasets", "LinearAlgebra"], resources: [.copy("Fixtures")]),
    module(
        "Detectors",
        [
            "CKernels", "Datasets", "Evaluation", "Files", "Images", "LinearAlgebra", "ModelFiles",
            "NeuralNetworks", "Preprocessing", "Series",
        ],
        resources: [.copy("Fixtures")]
    ),
    module(
        "ModelSelection",
        [
            "Datasets", "Detectors", "Evaluation", "Files", "LinearAlgebra", "NeuralNetworks",
            "Preprocessing",
        ]
    ),
    module("Reports", ["Evaluation"]),
    module(
        "Oddity",
        [
            "Datasets", "Detectors", "Evaluation", "Images", "ModelFiles", "ModelSelection",
            "NeuralNetworks", "Preprocessing", "Series",
        ]
    ),
]

// The command; its target is not called `oddity`, which a case-insensitive disk would take for `Oddity`.
let command: [Target] = [
    .target(name: "CDemoData", exclude: ["README.md", "benign-train.csv", "patients.csv"]),
    .target(
        name: "OddityCommands",
        dependencies: [
            "Arrays", "CDemoData", "Datasets", "Detectors", "Evaluation", "Files", "Images",
            "LinearAlgebra", "ModelFiles", "ModelSelection", "NeuralNetworks", "Preprocessing",
            "Reports", "Series",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings
    ),
    .executableTarget(
        name: "OddityTool",
        dependencies: ["OddityCommands"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "OddityCommandsTests",
        // The tool is what the tests run.
        dependencies: ["OddityTool", "TestSupport"],
        swiftSettings: settings
    ),
]

let package = Package(
    name: "oddity",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Oddity", targets: ["Oddity"]),
        .library(name: "OddityEngine", targets: ["Datasets", "LinearAlgebra", "NeuralNetworks"]),
        .executable(name: "oddity", targets: ["OddityTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // `make docs` only.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: systemLibraries + modules.flatMap { $0 } + command,
    swiftLanguageModes: [.v6]
)

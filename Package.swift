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
        name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
]

/// A module of the library and its tests.
func module(_ name: String, _ dependencies: [String], resources: [Resource] = []) -> [Target] {
    [
        .target(
            name: name, dependencies: dependencies.map { .init(stringLiteral: $0) },
            swiftSettings: settings),
        .testTarget(
            name: name + "Tests",
            dependencies: ([name] + dependencies).map { .init(stringLiteral: $0) },
            resources: resources, swiftSettings: settings),
    ]
}

// A module imports only modules above it.
let modules: [[Target]] = [
    [.target(name: "CKernels")],
    module("Evaluation", [], resources: [.copy("Fixtures")]),
    module("LinearAlgebra", ["CKernels", "COpenBLAS"]),
    module("Datasets", ["CZlib"]),
    module("ModelFiles", ["CZlib"]),
    module("Preprocessing", ["Datasets", "LinearAlgebra"]),
    module("Reports", ["Evaluation"]),
]

let package = Package(
    name: "oddity",
    platforms: [.macOS(.v15)],
    dependencies: [],
    targets: systemLibraries + modules.flatMap { $0 },
    swiftLanguageModes: [.v6]
)

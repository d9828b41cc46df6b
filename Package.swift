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

let package = Package(
    name: "oddity",
    platforms: [.macOS(.v15)],
    dependencies: [],
    targets: systemLibraries + [
        .target(name: "CKernels"),
        .target(name: "LinearAlgebra", dependencies: ["CKernels", "COpenBLAS"], swiftSettings: settings),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "oddity-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "oddity-bench", targets: ["OddityBenchmarks"])
    ],
    dependencies: [
        .package(name: "oddity", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "OddityBenchmarks",
            dependencies: [
                .product(name: "Oddity", package: "oddity"),
                .product(name: "OddityEngine", package: "oddity"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)

import OddityDatasets

/// A reader of something that comes from outside.
enum FuzzTarget: String, CaseIterable {
    case csv, json, gzip
    case npy, npz, idx
    case png, jpeg, bmp, pnm
    case schema, model, network, state, journal, options

    /// Gives the reader some bytes; what it throws is its right, a trap or too much memory is not.
    func run(_ bytes: [UInt8]) {
        switch self {
        case .csv: TableFuzzing.run(bytes, format: .delimited(nil))
        case .json: TableFuzzing.run(bytes, format: .jsonLines)
        case .gzip: TableFuzzing.runFile(bytes)
        case .npy: ArrayFuzzing.run(bytes, beginningWith: [0x93] + Array("NUMPY".utf8))
        case .npz: ArrayFuzzing.run(bytes, beginningWith: Array("PK".utf8))
        case .idx: ArrayFuzzing.run(bytes, beginningWith: [0, 0])
        case .png: ImageFuzzing.run(bytes, beginningWith: [0x89] + Array("PNG".utf8))
        case .jpeg: ImageFuzzing.run(bytes, beginningWith: [0xFF, 0xD8])
        case .bmp: ImageFuzzing.run(bytes, beginningWith: Array("BM".utf8))
        case .pnm: ImageFuzzing.run(bytes, beginningWith: Array("P".utf8))
        case .schema: SchemaFuzzing.run(bytes)
        case .model: ModelFuzzing.run(bytes)
        case .network: NetworkFuzzing.run(bytes)
        case .state: StateFuzzing.run(bytes)
        case .journal: JournalFuzzing.run(bytes)
        case .options: OptionFuzzing.run(bytes)
        }
    }
}

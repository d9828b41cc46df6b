internal import OddityModelFiles

extension RowSketch {
    /// The hashes as a named tensor.
    func tensors() throws -> [Tensor] {
        [
            try Tensor(
                name: "training.hashes",
                values: ([bound] + hashes).map { Int64(bitPattern: $0) }
            )
        ]
    }

    /// Reads what a file holds, nil where it holds none; the hashes are checked.
    init?(reading archive: ModelArchive) throws {
        guard archive.tensors.contains(where: { $0.name == "training.hashes" }) else { return nil }
        let words = try archive.values(of: "training.hashes", as: Int64.self)
            .map { UInt64(bitPattern: $0) }
        let hashes = Array(words.dropFirst())
        guard let bound = words.first, let last = hashes.last, last <= bound,
            hashes.count <= RowSketch.limit, zip(hashes, hashes.dropFirst()).allSatisfy(<)
        else {
            throw DetectorError.inconsistentModel(
                "the hashes of its training rows do not fit together"
            )
        }
        self.init(hashes: hashes, bound: bound)
    }
}

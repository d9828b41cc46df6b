internal import OddityModelFiles

extension HeldOutScores {
    /// The values as named tensors.
    func tensors() throws -> [Tensor] {
        [
            try Tensor(name: "held_out.scores", values: scores),
            try Tensor(name: "held_out.errors", values: errors),
        ]
    }

    /// Reads what a file holds; nothing in a file of the first release, which did not keep it.
    init(reading archive: ModelArchive, unit: Unit, count: Int) throws {
        guard archive.formatVersion > 1 else {
            self.init(unit: unit, count: count, scores: [], errors: [])
            return
        }
        let scores = try archive.values(of: "held_out.scores", as: Double.self)
        let errors = try archive.values(of: "held_out.errors", as: Double.self)
        guard count > 0, scores.count == HeldOutScores.keptCount(of: count),
            errors.count == scores.count,
            // A p-value is at most 1, but for rounding.
            scores.allSatisfy({ $0 > -1e-6 && $0.isFinite }),
            errors.allSatisfy({ $0 >= 0 && $0.isFinite })
        else {
            throw DetectorError.inconsistentModel("its held-out scores do not belong to it")
        }
        self.init(unit: unit, count: count, scores: scores, errors: errors)
    }
}

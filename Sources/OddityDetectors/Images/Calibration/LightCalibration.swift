internal import OddityEvaluation

/// How far the light of normal images goes.
struct LightCalibration: Sendable, Equatable {
    let range: LightRange
    /// The distances of held-out images.
    let distances: SurvivalFunction

    init(range: LightRange, distances: SurvivalFunction) {
        self.range = range
        self.distances = distances
    }

    /// Learns from the light of all images; each fold's distances are from the others' light.
    init(_ lights: [[Double]], folds: [[Int]]) throws {
        let distances = try folds.indices.flatMap { fold in
            let others = folds.indices.filter { $0 != fold }.flatMap { folds[$0] }.map {
                lights[$0]
            }
            let range = try LightRange(others)
            return folds[fold].map { range.distance(lights[$0]) }
        }
        self.init(
            range: try LightRange(lights),
            distances: SurvivalFunction(
                heldOut: distances,
                minimumTailScale: TailScale.measure
            )
        )
    }

    /// What light adds to an image's surprise: −ln of its survival relative to that of the farthest
    /// held-out image, 0 up to there.
    func surprise(of image: UnsafePointer<Float>, shape: ImageShape) -> Double {
        let distance = range.distance(LightRange.light(of: image, shape: shape))
        let farthest = distances.values[distances.values.count - 1]
        return max(0, distance - farthest) / distances.tailScale
    }
}

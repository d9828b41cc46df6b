/// How well heat maps point at defects whose masks are known.
public struct PixelEvaluation: Equatable, Sendable {
    /// The heat map of an image, and where its defects are.
    public struct Map: Sendable {
        /// One score a pixel, row after row; higher is odder.
        public let scores: [Float]
        /// Whether each pixel belongs to a defect.
        public let mask: [Bool]
        /// The pixels of a row.
        public let width: Int

        /// Pairs a heat map with its mask.
        ///
        /// - Precondition: There is one score and one mask entry a pixel, in whole rows.
        public init(scores: [Float], mask: [Bool], width: Int) {
            precondition(scores.count == mask.count, "a mask entry for each score")
            precondition(width > 0 && scores.count % width == 0, "whole rows of \(width)")
            self.scores = scores
            self.mask = mask
            self.width = width
        }
    }

    /// The false-alarm rate of pixels up to which region overlap is averaged.
    public static let falseAlarmLimit = 0.3

    /// The area under the ROC curve over all pixels of all images.
    public let auroc: Double
    /// The mean share of a defect's pixels that is found.
    ///
    /// It is the per-region overlap, PRO (Bergmann et al. 2021), averaged over false-alarm rates of pixels up to ``falseAlarmLimit``.
    /// Every connected region of a mask counts the same, whatever its size: a detector that finds
    /// large defects only does not look good.
    public let regionOverlap: Double
    /// The number of connected regions of defects.
    public let regionCount: Int

    /// Judges heat maps.
    ///
    /// - Throws: `EvaluationError` with code `oneClassOnly` if no pixel, or every pixel, belongs to a
    ///   defect, and `nonFiniteScore`.
    /// - Complexity: O(*n* log *n*) in the number of pixels.
    public init(_ maps: [Map]) throws {
        var normal: [Float] = []
        var regions: [[Float]] = []
        for (index, map) in maps.enumerated() {
            guard map.scores.allSatisfy(\.isFinite) else {
                throw EvaluationError(
                    code: .nonFiniteScore,
                    message: "heat map \(index + 1) holds a score that is no finite number"
                )
            }
            for (score, isDefect) in zip(map.scores, map.mask) where !isDefect {
                normal.append(score)
            }
            regions += map.regions
        }
        guard !normal.isEmpty, !regions.isEmpty else {
            throw EvaluationError(
                code: .oneClassOnly,
                message:
                    "the masks mark \(regions.isEmpty ? "no pixel" : "every pixel"), and pixels of "
                    + "both kinds are needed; check the masks"
            )
        }
        normal.sort()
        regions = regions.map { $0.sorted() }
        auroc = Self.area(normal: normal, defects: regions)
        regionOverlap = Self.overlap(normal: normal, regions: regions)
        regionCount = regions.count
    }

    /// The share of pairs of a defect's pixel and a normal one that are in order, ties counting half.
    private static func area(normal: [Float], defects: [[Float]]) -> Double {
        var sum = 0.0
        var count = 0
        for score in defects.joined() {
            let below = normal.partitionIndex { $0 >= score }
            let equal = normal.partitionIndex { $0 > score } - below
            sum += Double(below) + Double(equal) / 2
            count += 1
        }
        return sum / Double(count) / Double(normal.count)
    }

    /// The mean over false-alarm rates of the mean share of a region that scores at least the threshold.
    private static func overlap(normal: [Float], regions: [[Float]]) -> Double {
        let steps = 300
        var sum = 0.0
        for step in 0..<steps {
            let rate = falseAlarmLimit * (Double(step) + 0.5) / Double(steps)
            // The highest threshold that leaves at most this share of normal pixels above it.
            let threshold = normal[min(normal.count - 1, Int((1 - rate) * Double(normal.count)))]
            let shares = regions.map { region in
                Double(region.count - region.partitionIndex { $0 > threshold })
                    / Double(region.count)
            }
            sum += shares.reduce(0, +) / Double(regions.count)
        }
        return sum / Double(steps)
    }
}

extension PixelEvaluation.Map {
    /// The scores of each connected region of the mask; pixels that touch at a corner are connected.
    fileprivate var regions: [[Float]] {
        var isLeft = mask
        var regions: [[Float]] = []
        let height = mask.count / width
        for start in mask.indices where isLeft[start] {
            isLeft[start] = false
            var region: [Float] = []
            var border = [start]
            while let pixel = border.popLast() {
                region.append(scores[pixel])
                let (x, y) = (pixel % width, pixel / width)
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) {
                        let neighbor = row * width + column
                        guard isLeft[neighbor] else { continue }
                        isLeft[neighbor] = false
                        border.append(neighbor)
                    }
                }
            }
            regions.append(region)
        }
        return regions
    }
}

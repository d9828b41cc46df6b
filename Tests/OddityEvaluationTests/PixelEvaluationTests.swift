import OddityEvaluation
import Testing

/// Heat maps against masks.
@Suite struct PixelEvaluationTests {
    private static func map(_ rows: [String], score: (Character) -> Float) -> PixelEvaluation.Map {
        let pixels = Array(rows.joined())
        return PixelEvaluation.Map(
            scores: pixels.map(score),
            mask: pixels.map { $0.isUppercase },
            width: rows[0].count
        )
    }

    @Test func aPerfectMapFindsEverything() throws {
        let map = Self.map(["aaaa", "aBBa", "aaaa"]) { $0 == "B" ? 1 : 0 }
        let result = try PixelEvaluation([map])
        #expect(result.auroc == 1)
        #expect(result.regionOverlap == 1)
        #expect(result.regionCount == 1)
    }

    @Test func areaCountsPairsWithTiesAsHalves() throws {
        // Defects 1 and 3 against normal pixels 0, 1, 2: (1.5 + 3) of 6 pairs.
        let map = PixelEvaluation.Map(
            scores: [0, 1, 2, 1, 3],
            mask: [false, false, false, true, true],
            width: 5
        )
        #expect(try PixelEvaluation([map]).auroc == 0.75)
    }

    @Test func regionsCountTheSameWhateverTheirSize() throws {
        // The large region is found, the single pixel is not.
        let rows = ["BBBBaaaaaa", "BBBBaaaaaa", "aaaaaaaaaC", "aaaaaaaaaa"]
        let map = Self.map(rows) { $0 == "B" ? 2 : $0 == "C" ? 0 : 1 }
        let result = try PixelEvaluation([map])
        #expect(result.regionCount == 2)
        #expect(abs(result.regionOverlap - 0.5) < 1e-9)
        #expect(result.auroc > 0.8)
    }

    @Test func cornersConnect() throws {
        let result = try PixelEvaluation([
            Self.map(["Baa", "aBa", "aab"]) { _ in 0 }, Self.map(["BaB"]) { _ in 1 },
        ])
        #expect(result.regionCount == 3)
    }

    @Test func masksOfOneKindAreRefused() {
        for pixels in ["aaa", "BBB"] {
            #expect(throws: EvaluationError.self) {
                try PixelEvaluation([Self.map([pixels]) { _ in 0 }])
            }
        }
        #expect(throws: EvaluationError.self) {
            try PixelEvaluation([Self.map(["aB"]) { _ in .nan }])
        }
    }
}

import Foundation
import OddityEvaluation
import Testing

@testable import OddityRecords

/// Numbers and columns as a person reads them.
@Suite struct TextTests {
    @Test(arguments: [
        (1.25, 1, "1.3"), (-0.004, 2, "0.00"), (-1.5, 0, "-2"), (1e15, 2, "1000000000000000.0"),
        (.nan, 2, "–"),
        (0.05, 3, "0.050"),
    ])
    func decimalsAreRounded(_ value: Double, _ count: Int, _ text: String) {
        #expect(decimals(value, count) == text)
    }

    @Test func countsSetThousandsApartAndAgreeWithTheirNoun() {
        #expect(counted(1, "row") == "1 row")
        #expect(counted(1_234_567, "row") == "1,234,567 rows")
        #expect(counted(2, "anomaly", "anomalies") == "2 anomalies")
        #expect(grouped(-1000) == "-1,000")
        #expect(percent(0.1234) == "12.3 %")
        #expect(percent(nil) == "–")
    }

    @Test func theShareOfOddRowsIsASentence() throws {
        let body = (0..<200).map { -log(1 - (Double($0) + 0.5) / 200) }
        func sentence(_ values: [Double]) throws -> String {
            OddShareText.sentence(try #require(OddShare(of: body + values)), "row")
        }
        #expect(try sentence([]) == "no row stands out beyond what chance would give")
        #expect(
            try sentence([40, 50])
                == "about 2 rows (1.0 %) stand out beyond what chance would give, at least 2 with 95 % confidence"
        )
        #expect(
            try sentence([40])
                == "about 1 row (0.5 %) stands out beyond what chance would give, at least 1 with 95 % confidence"
        )
    }

    @Test func columnsStandUnderEachOther() {
        #expect(
            aligned([["a", "bb"], ["ccc", "d"]], rightAligned: [1]) == ["a    bb", "ccc   d"]
        )
    }

    @Test func jsonHasSnakeCaseKeysInOrder() throws {
        struct Value: Encodable {
            let meanError: OrNull<Double>
            let count: Int
        }
        #expect(
            try json(Value(meanError: OrNull(nil), count: 2), pretty: false)
                == #"{"count":2,"mean_error":null}"#
        )
    }
}

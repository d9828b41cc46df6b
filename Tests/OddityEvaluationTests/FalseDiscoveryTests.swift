import OddityEvaluation
import TestSupport
import Testing

/// Alarms of which only a share is expected to be false.
@Suite struct FalseDiscoveryTests {
    /// The example of Benjamini and Hochberg (1995), section 4.1: 15 p-values, of which the first four are found at 5 %.
    private let example = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0,
    ]

    @Test func findsWhatThePaperFinds() throws {
        let bh = FalseDiscoveryProcedure.benjaminiHochberg
        #expect(try bh.threshold(of: example.reversed(), rate: 0.05) == 0.0095)
        // Divided by 1 + 1/2 + … + 1/15 = 3.318, three are left.
        let by = FalseDiscoveryProcedure.benjaminiYekutieli
        #expect(try by.threshold(of: example, rate: 0.05) == 0.0019)
        // Four of fifteen are above one half, so that the share of true null hypotheses is taken to be 2 · (4 + 1) / 15.
        #expect(try FalseDiscoveryProcedure.storey.threshold(of: example, rate: 0.05) == 0.0344)
        #expect(try bh.threshold(of: [0.5, .nan, 0.9], rate: 0.05) == nil)
        #expect(try bh.threshold(of: [], rate: 0.05) == nil)
    }

    @Test func tellsHowManyRowsTheLeastPValueNeeds() throws {
        let bh = FalseDiscoveryProcedure.benjaminiHochberg
        // Of 400 rows, 32 must have 1 in 250 for 5 %.
        #expect(bh.leastCount(at: 0.004, of: 400, rate: 0.05) == 32)
        let values = [Double](repeating: 0.004, count: 32) + [Double](repeating: 0.9, count: 368)
        #expect(try bh.threshold(of: values, rate: 0.05) == 0.004)
        #expect(try bh.threshold(of: Array(values.dropFirst()) + [0.9], rate: 0.05) == nil)
        #expect(bh.leastCount(at: 0.2, of: 400, rate: 0.05) == nil)
    }

    @Test(arguments: [0, 1, -0.1, .nan])
    func refusesRatesThatAreNone(_ rate: Double) {
        let error = #expect(throws: EvaluationError.self) {
            try FalseDiscoveryProcedure.storey.threshold(of: [0.1], rate: rate)
        }
        #expect(error?.code == .invalidRate)
    }

    /// Conformal p-values of one calibration sample are dependent, and the rate holds: 200 files of 180 normal and 20 odd rows,
    /// judged by 400 calibration rows.
    @Test(arguments: FalseDiscoveryProcedure.allCases)
    func theRateHoldsForConformalPValues(_ procedure: FalseDiscoveryProcedure) throws {
        var random = Numbers(state: 11)
        var falseShare = 0.0
        var foundCount = 0
        for _ in 0..<200 {
            let calibration = (0..<400).map { _ in random.next() }.sorted()
            func pValue(_ x: Double) -> Double {
                Double(1 + calibration.count { $0 >= x }) / 401
            }
            let normal = (0..<180).map { _ in pValue(random.next()) }
            let odd = (0..<20).map { _ in pValue(0.985 + random.next()) }
            guard let limit = try procedure.threshold(of: normal + odd, rate: 0.2) else { continue }
            let falseCount = normal.count { $0 <= limit }
            let trueCount = odd.count { $0 <= limit }
            foundCount += trueCount
            falseShare += Double(falseCount) / Double(falseCount + trueCount) / 200
        }
        #expect(falseShare < 0.2)
        #expect(foundCount > 1000, "a procedure that finds nothing keeps any rate")
    }
}

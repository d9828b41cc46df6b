internal import OddityModelFiles

extension ModelArchive {
    /// Checks that scores computed anew are those that the model was stored with.
    ///
    /// Another kind of processor rounds differently in the last digits, hence the tolerance of a
    /// thousandth.
    ///
    /// - Throws: ``DetectorError/notReproduced(largestDifference:)``.
    static func checkReproduces(_ stored: [Double], by computed: [Double]) throws {
        // A NaN is never within the tolerance.
        let difference = zip(computed, stored).reduce(0) { worst, pair in
            let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
            return difference > worst || difference.isNaN ? difference : worst
        }
        guard difference <= 1e-3 else {
            throw DetectorError.notReproduced(largestDifference: difference)
        }
    }
}

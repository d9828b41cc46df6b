import Testing

@testable import OddityReports

struct AxisTests {
    private func labels(
        _ range: ClosedRange<Double>,
        _ scale: ChartAxis.Scale = .linear,
        isPercentage: Bool = false
    ) -> [String] {
        let axis = ChartAxis(title: "", scale: scale, range: range, isPercentage: isPercentage)
        return AxisMap(axis, values: []).ticks(about: 5).map(\.label)
    }

    @Test func linearTicksAreRound() {
        #expect(labels(0...1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(0...10) == ["0", "2", "4", "6", "8", "10"])
        #expect(labels(-3...3) == ["−2", "0", "2"])
        #expect(
            labels(0...1, isPercentage: true) == [
                "0\u{202F}%", "20\u{202F}%", "40\u{202F}%", "60\u{202F}%", "80\u{202F}%",
                "100\u{202F}%",
            ]
        )
        #expect(labels(0...0.1) == ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"])
        #expect(labels(0...1.2) == ["0.00", "0.25", "0.50", "0.75", "1.00"])
    }

    @Test func logarithmicTicksAreDecades() {
        #expect(labels(0.001...10, .logarithmic) == ["0.001", "0.01", "0.1", "1", "10"])
        #expect(labels(1...20, .logarithmic) == ["1", "2", "5", "10", "20"])
        #expect(labels(1e-9...1e-6, .logarithmic) == ["10⁻⁹", "10⁻⁸", "10⁻⁷", "10⁻⁶"])
        #expect(labels(3...3.5, .logarithmic).count >= 2)
    }

    @Test(arguments: [0.0...1, -1.7e308...1.7e308, 1e-300...1e300, 5...5.000001, -1e-9...1e-9])
    func ticksLieInsideTheirRange(range: ClosedRange<Double>) {
        for scale in [ChartAxis.Scale.linear, .logarithmic] {
            if scale == .logarithmic, range.lowerBound <= 0 { continue }
            let map = AxisMap(ChartAxis(title: "", scale: scale, range: range), values: [])
            let ticks = map.ticks(about: 5)
            #expect(ticks.count < 40)
            for tick in ticks {
                let place = map.place(tick.value) ?? -1
                #expect(place > -1e-6 && place < 1 + 1e-6)
            }
        }
    }

    @Test func logarithmicAxesShowPositiveValuesOnly() {
        let map = AxisMap(ChartAxis(title: "", scale: .logarithmic), values: [-1, 0, 1, 100, .nan])
        #expect(map.low == 1)
        #expect(map.high == 100)
        #expect(map.place(10) == 0.5)
        #expect(map.place(0) == nil)
        #expect(map.place(-5) == nil)
    }

    @Test func numbersReadWell() {
        #expect(NumberText.significant(3.14159) == "3.142")
        #expect(NumberText.significant(0.000123456) == "0.0001235")
        #expect(NumberText.significant(0.0000123456) == "1.235 × 10⁻⁵")
        #expect(NumberText.significant(1234567) == "1\u{202F}234\u{202F}567")
        #expect(NumberText.significant(9.9999) == "10.00")
        #expect(NumberText.significant(-12) == "−12.00")
        #expect(NumberText.significant(0) == "0")
        #expect(NumberText.significant(.leastNonzeroMagnitude).contains("10⁻³²⁴"))
        #expect(NumberText.significant(1.7e308) == "1.700 × 10³⁰⁸")
        #expect(NumberText.significant(.infinity) == "∞")
        #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
        #expect(NumberText.fixed(1e300, decimals: 2) == "1.000 × 10³⁰⁰")
        #expect(NumberText.percent(0.9512) == "95.1\u{202F}%")
        #expect(NumberText.percent(0.00123) == "0.12\u{202F}%")
        #expect(NumberText.percent(nil) == "–")
        #expect(NumberText.count(12345) == "12\u{202F}345")
        #expect(NumberText.coordinate(-0.04) == "0")
        #expect(NumberText.coordinate(12.25) == "12.3")
        #expect(NumberText.coordinate(-7.5) == "-7.5")
        #expect(NumberText.coordinate(.nan) == "0")
    }
}

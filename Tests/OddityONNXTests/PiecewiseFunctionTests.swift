import Testing

@testable import OddityONNX

/// Functions through points.
@Suite struct PiecewiseFunctionTests {
    @Test func goesThroughItsPointsAndBeyond() {
        let function = PiecewiseFunction(through: [-1, 0, 2], [5, 7, 3], slope: 0.5)
        let places = [-3, -1, -0.5, 0, 1, 2, 4.0]
        #expect(places.map { function($0) } == [4, 5, 6, 7, 5, 3, 4])
    }

    @Test func ofOnePointItIsALine() {
        let function = PiecewiseFunction(through: [2], [3], slope: 2)
        #expect([0, 2, 3].map { function($0) } == [-1, 3, 5])
    }

    @Test func equalPlacesAreOnePoint() {
        let function = PiecewiseFunction(through: [1, 1, 2], [0, 4, 6], slope: 1)
        #expect([0, 1, 1.5, 3].map { function($0) } == [-1, 0, 5, 7])
    }
}

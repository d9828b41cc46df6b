import OddityDetectors
import OddityPreprocessing
import Testing

@testable import OddityModelSelection

/// What is tried, and for how long.
@Suite struct SearchSpaceTests {
    @Test func aGridHasEveryCombinationThatNarrows() {
        var search = Search(TableDetector())
        search.strategy = .grid
        search.space.hiddenLayers = [[8], [16, 4]]
        search.space.latentSizes = [2, 8]
        search.space.variants = [.plain]
        search.space.dropouts = [0, 0.5]
        search.space.learningRates = [0.01]
        search.space.epochs = [3, 5]
        #expect(search.space.combinationCount == 16)
        let sizes = search.candidates().map(\.hiddenSizes)
        // 16-4-8 would widen.
        #expect(sizes.count == 12)
        #expect(Set(sizes) == [[8, 2], [8, 8], [16, 4, 2]])
        #expect(Set(search.candidates().map(\.epochs)) == [3, 5])
        #expect(Set(search.candidates().map(\.dropout)) == [0, 0.5])
    }

    @Test func randomCombinationsDifferAndFollowTheSeed() {
        var search = Search(TableDetector())
        let first = search.candidates()
        #expect(first.count == 19)
        for (index, one) in first.enumerated() {
            #expect(!first[..<index].contains(one))
            #expect(one != search.base)
        }
        #expect(search.candidates() == first)
        search.base.seed = 1
        #expect(search.candidates().map(\.hiddenSizes) != first.map(\.hiddenSizes))
    }

    @Test func aSmallSpaceIsUsedUp() {
        var search = Samples.search(trials: 100)
        search.space.learningRates = [0.01]
        #expect(search.candidates().count == 6)
        search.trialCount = 1
        #expect(search.candidates().isEmpty)
    }

    @Test func whatIsNotSearchedComesFromTheBase() {
        var search = Samples.search()
        search.base.batchNormalization = true
        search.base.preparation.clippingLimit = 7
        #expect(search.candidates().allSatisfy { $0.batchNormalization })
        #expect(search.candidates().allSatisfy { $0.preparation.clippingLimit == 7 })
    }

    @Test func halvingThinsTrialsOutByThirds() {
        let bracket = SearchStrategy.successiveHalving.brackets(trialCount: 19)
        #expect(bracket == [.init(trials: 0..<19, firstShare: 0)])
        #expect(bracket[0].trainingCount == 19 + 6 + 2)
        #expect(SearchStrategy.survivors(of: 2) == 1)
        #expect(SearchStrategy.Bracket(trials: 0..<0, firstShare: 0).trainingCount == 0)
    }

    @Test(arguments: [0, 1, 2, 16, 17, 50])
    func hyperbandDealsAllTrials(count: Int) {
        let brackets = SearchStrategy.hyperband.brackets(trialCount: count)
        #expect(brackets.flatMap { Array($0.trials) } == Array(0..<count))
        if count >= 16 { #expect(brackets.map(\.firstShare) == [0, 1, 2]) }
        for (left, right) in zip(brackets, brackets.dropFirst()) {
            #expect(left.trials.count >= right.trials.count)
        }
    }
}

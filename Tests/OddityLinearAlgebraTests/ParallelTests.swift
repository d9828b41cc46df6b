import OddityLinearAlgebra
import Testing

/// Values that another thread makes ahead of their use.
@Suite struct ParallelTests {
    private struct Flaw: Error, Equatable { let number: Int }

    private func used(
        _ count: Int,
        threadCount: Int,
        flawedMake: Int? = nil,
        flawedUse: Int? = nil
    ) -> (values: [Int], error: Flaw?) {
        var made = 0
        var values: [Int] = []
        do {
            try Parallel.forEach(
                madeAheadBy: {
                    if made == flawedMake { throw Flaw(number: made) }
                    defer { made += 1 }
                    return made < count ? made : nil
                },
                threadCount: threadCount
            ) { value in
                if value == flawedUse { throw Flaw(number: -value) }
                values.append(value)
            }
        } catch { return (values, error as? Flaw) }
        return (values, nil)
    }

    @Test(arguments: [1, 2]) func valuesComeInOrder(threadCount: Int) {
        for count in [0, 1, 2, 100] {
            let found = used(count, threadCount: threadCount)
            #expect(found.values == Array(0..<count))
            #expect(found.error == nil)
        }
    }

    @Test(arguments: [1, 2]) func allValuesBeforeAnErrorAreUsed(threadCount: Int) {
        for place in [0, 1, 7] {
            let found = used(10, threadCount: threadCount, flawedMake: place)
            #expect(found.values == Array(0..<place))
            #expect(found.error == Flaw(number: place))
        }
    }

    @Test(arguments: [1, 2]) func anErrorOfItsUseEndsAll(threadCount: Int) {
        for place in [1, 7] {
            // The value after it cannot be made either: the first error counts.
            let found = used(10, threadCount: threadCount, flawedMake: place + 1, flawedUse: place)
            #expect(found.values == Array(0..<place))
            #expect(found.error == Flaw(number: -place))
        }
    }
}

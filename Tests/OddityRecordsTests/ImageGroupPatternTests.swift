import OddityFailures
import OddityImages
import OddityRecords
import Testing

/// Patterns that tell which images show one piece.
@Suite struct ImageGroupPatternTests {
    private let images = try? ImageCollection(
        files: (0..<12).map { "good/piece\($0 / 3)-\($0 % 3).png" } + ["good/other.png"]
    )

    private func groups(_ pattern: String, foldCount: Int = 2) throws -> [Int] {
        try ImageGroupPattern(pattern).groups(of: #require(images), foldCount: foldCount)
    }

    private func problem(_ pattern: String, foldCount: Int = 2) throws -> String? {
        let problem = #expect(throws: ImageGroupProblem.self) {
            try groups(pattern, foldCount: foldCount)
        }
        #expect(problem?.blame == .caller)
        return problem?.description
    }

    @Test func theFirstParenthesesOrAllThatIsMatchedTellGroups() throws {
        let expected = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
        #expect(try groups("piece([0-9]+)") == expected)
        #expect(try groups("piece([0-9]+)-([0-9]+)") == expected)
        #expect(try groups("piece[0-9]+") == expected)
        #expect(try groups("(?:piece)([0-9]+)") == expected)
        // Parentheses that take no part tell nothing.
        #expect(try groups("piece([01])?") == [0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func patternsThatTellTooLittleAreRefused() throws {
        #expect(
            try problem("piece(")
                == "--group takes a regular expression, such as 'piece([0-9]+)', and 'piece(' is none: expected ')'"
        )
        #expect(
            try problem("part")
                == "--group 'part' matches none of the 13 images; "
                + "give a pattern of their paths, such as good/piece0-0.png"
        )
        #expect(
            try problem("piece([0-9]+)", foldCount: 6)
                == "--group 'piece([0-9]+)' tells 5 groups, and 6 folds need at least 6; "
                + "give a pattern that tells more pieces apart, or --folds 5"
        )
        #expect(
            try problem("good")
                == "--group 'good' tells 1 group, and 2 folds need at least 2; "
                + "give a pattern that tells more pieces apart"
        )
    }
}

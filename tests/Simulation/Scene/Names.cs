namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Names of products: the same words in many scripts and normal forms, as keyboards and files produce them.
/// </summary>
public static class Names
{
    /// <summary>
    /// A product moves between these. Both have the same length, so that a weak comparison confuses them.
    /// </summary>
    public static IReadOnlyList<string> Categories { get; } = ["things", "pieces"];

    public static IReadOnlyList<string> All { get; } =
    [
        "Thing",
        "Caf\u00E9 Stra\u00DFe",
        "Cafe\u0301 chair",
        "\u0130\u015Fte \u0131\u015F\u0131k",
        "\U0001E900\U0001E923\U0001E924\U0001E944",
        "\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u093F\u0924\u093E\u092C",
        "\u0995\u09C7\u09BE\u09A3",
        "\u0643\u0650\u062A\u064E\u0627\u0628 \u0663",
        "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD",
        "\u0E2B\u0E39\u0E1F\u0E31\u0E07\u0E44\u0E23\u0E49\u0E2A\u0E32\u0E22",
        "\u65E0\u7EBF\u8033\u673A \U0001F3A7",
        "\u304B\u3099\u304E \uFF8D\uFF6F\uFF84\uFF9E",
        "\u1112\u1161\u11AB\uAE00",
        "\uFF34\uFF48\uFF49\uFF4E\uFF47",
    ];
}

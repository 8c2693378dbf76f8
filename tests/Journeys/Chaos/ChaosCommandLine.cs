using System.Globalization;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary><c>--chaos 10m [--seed 42]</c>: chaos for so long, in <c>s</c>, <c>m</c> or <c>h</c>.</summary>
internal sealed record ChaosCommandLine(
    TimeSpan Duration,
    ulong Seed)
{
    public static ChaosCommandLine? TryRead(string[] args) => Value(args, "--chaos") is { } time
        ? new ChaosCommandLine(TimeOf(time), ulong.Parse(Value(args, "--seed") ?? "1", CultureInfo.InvariantCulture))
        : null;

    public async Task<int> ExecuteAsync()
    {
        var (holds, report) = await new ChaosRun(Seed, Duration).ExecuteAsync(Console.Out);
        Console.WriteLine(report);
        return holds ? 0 : 1;
    }

    private static string? Value(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static TimeSpan TimeOf(string text) => text[^1] switch
    {
        'h' => TimeSpan.FromHours(Number(text[..^1])),
        'm' => TimeSpan.FromMinutes(Number(text[..^1])),
        _ => TimeSpan.FromSeconds(Number(text.TrimEnd('s'))),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Shrinks a failure: fewer commands, then fewer faults, as long as the same invariant breaks.</summary>
public static class Shrinker
{
    /// <summary>
    /// The maximum number of worlds to play, which takes about 20 seconds in a release build. It counts worlds, so that
    /// the result does not depend on the machine.
    /// </summary>
    private const int MostTries = 60;

    /// <summary>Returns the smallest failure found within <see cref="MostTries"/>.</summary>
    public static Outcome Shrink(Outcome failure, Parts parts)
    {
        var tries = 0;
        var best = failure;
        // Halves the step down to one. Each shorter story that still fails is the new best.
        for (var step = best.Commands / 2; step > 0 && tries < MostTries;)
        {
            if (best.Commands > step && Try(best.Commands - step, best.Faults) is { } shorter) best = shorter;
            else step /= 2;
        }

        for (var size = Math.Max(1, best.Faults.Count / 2); size > 0 && tries < MostTries; size /= 2)
        {
            for (var at = 0; at < best.Faults.Count && tries < MostTries;)
            {
                if (Try(best.Commands, [.. best.Faults.Take(at), .. best.Faults.Skip(at + size)]) is { } smaller) best = smaller;
                else at += size;
            }
        }

        return best;

        Outcome? Try(int commands, IReadOnlyList<string> faults)
        {
            tries++;
            var outcome = Outcome.Of(failure.Seed, commands, parts, new FaultPlan(faults.ToHashSet()));
            return outcome.Violation?.Invariant == failure.Violation!.Invariant ? outcome : null;
        }
    }

    /// <summary>Returns everything that a person needs to investigate the failure.</summary>
    public static string Report(Outcome failure, Parts parts, string? mutant = null)
    {
        var small = Shrink(failure, parts);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {failure.Seed} breaks: {small.Violation!.Invariant}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {small.Violation.Detail}");
        text.AppendLine(CultureInfo.InvariantCulture, $"With {small.Commands} commands and these {small.Faults.Count} of {failure.Faults.Count} faults:");
        foreach (var fault in small.Faults) text.AppendLine(CultureInfo.InvariantCulture, $"  {fault}");
        text.AppendLine("Timeline:").Append(small.Timeline.Print(small.Violation.Stream));
        text.AppendLine("Again:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  dotnet run -c Release --project tests/Simulation -- --seed {failure.Seed} --commands {small.Commands} --faults \"{string.Join(',', small.Faults)}\"{(mutant is null ? "" : $" --mutant \"{mutant}\"")}");
        return text.ToString();
    }
}

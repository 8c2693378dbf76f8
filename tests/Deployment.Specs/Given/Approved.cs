
namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Texts that are stored in the repository and reviewed in diffs. <c>APPROVE=1</c> in the environment rewrites them.
/// </summary>
public static class Approved
{
    private const int Around = 2;

    public static void Holds(string file, string now)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllText(file, now);
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        if (before.ReplaceLineEndings("\n") == now.ReplaceLineEndings("\n")) return;
        Assert.Fail($"{Path.GetFileName(file)} changed. If that is meant, run the tests with APPROVE=1 and review the diff.\n{Difference(before.Split('\n'), now.Split('\n'))}");
    }

    /// <summary>Returns the difference in the form of a unified diff.</summary>
    public static string Difference(string[] before, string[] now)
    {
        var common = new int[before.Length + 1, now.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var lines = new List<(char Kind, string Text)>();
        var (old, current) = (0, 0);
        while (old < before.Length || current < now.Length)
        {
            if (old < before.Length && current < now.Length && before[old] == now[current])
            {
                lines.Add((' ', before[old++]));
                current++;
            }
            else if (current == now.Length || (old < before.Length && common[old + 1, current] >= common[old, current + 1]))
                lines.Add(('-', before[old++]));
            else
                lines.Add(('+', now[current++]));
        }

        return Hunks(lines);
    }

    private static string Hunks(List<(char Kind, string Text)> lines)
    {
        var shown = new List<string>();
        var last = -1;
        for (var at = 0; at < lines.Count; at++)
        {
            if (!Enumerable.Range(at - Around, (2 * Around) + 1).Any(near => near >= 0 && near < lines.Count && lines[near].Kind != ' ')) continue;
            if (last >= 0 && at > last + 1) shown.Add("…");
            shown.Add($"{lines[at].Kind} {lines[at].Text}");
            last = at;
        }

        return string.Join('\n', shown);
    }
}

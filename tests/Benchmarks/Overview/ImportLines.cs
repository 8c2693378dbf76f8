using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>Imports into a new stack and waits until readers see every product.</summary>
internal static class ImportLines
{
    private const int Products = 2_465;

    public static async Task AddAsync(List<OverviewLine> lines, string? file, CancellationToken ct)
    {
        Console.WriteLine("Importing into a fresh stack ...");
        await using var stack = await StackProcess.StartAsync(ct);
        var folder = Directory.CreateTempSubdirectory("benchmarks-import-").FullName;
        try
        {
            if (file is null) await File.WriteAllTextAsync(file = Path.Combine(folder, "catalogue.yaml"), Invented(), ct);
            var (cpu, began) = (stack.Cpu(), Stopwatch.GetTimestamp());
            foreach (var line in await stack.OperateAsync(["import", file], ct)) Console.WriteLine(line);
            var took = Stopwatch.GetElapsedTime(began);
            var used = stack.Cpu().Since(cpu);
            lines.Add(OverviewLine.AtMost("import into a fresh stack, all visible", took.TotalSeconds, 20, " s", "0.0"));
            lines.Add(OverviewLine.Told("the same: CPU by process", CpuTimes.Describe(used, 1, " s", 1e-3)));
            lines.Add(OverviewLine.Told("verify after the import", (await stack.OperateAsync(["verify"], ct))[^1]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Invented()
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < Products; i++)
            yaml.AppendLine(CultureInfo.InvariantCulture, $"- {{id: {Guid.NewGuid()}, name: Product {i}, category: imported, description: A product that is described in a sentence of usual length., price: {10 + (i % 90)}.99, current_stock: {i % 40}}}");
        return yaml.ToString();
    }
}

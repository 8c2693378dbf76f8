using System.Security.Cryptography;
using System.Text.Json;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// cdk-nag. It is installed beside the tests on its first use: 150 MB that nobody needs to run the shop.
/// </summary>
public static class Nag
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Nag");

    /// <summary>Returns why it cannot be installed; null if it is.</summary>
    public static async Task<string?> InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed-from");
        var wanted = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "package-lock.json"))));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted) return null;
        if (!Tool.IsInstalled("npm")) return "npm is not installed";
        var (code, printed) = await Tool.RunAsync("npm", ["ci", "--prefix", Folder, "--no-audit", "--no-fund", "--loglevel=error"]);
        if (code != 0) return $"npm ci failed: {printed}";
        await File.WriteAllTextAsync(stamp, wanted);
        return null;
    }

    /// <summary>Returns its findings for each of these templates.</summary>
    public static async Task<IReadOnlyDictionary<string, Finding[]>> LookAsync(IEnumerable<string> templates)
    {
        var (code, printed) = await Tool.RunAsync("node", [Path.Combine(Folder, "find.cjs"), .. templates]);
        Assert.True(code == 0, printed);
        return JsonSerializer.Deserialize<Dictionary<string, Finding[]>>(printed.Split('\n').Last(line => line.StartsWith('{')), Json)!;
    }
}

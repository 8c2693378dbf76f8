using System.Text.Json;

namespace ServerlessCqrs.Benchmarks;

/// <summary>A local stack that is ready, as its <c>ready.json</c> describes it.</summary>
/// <param name="Edge">The URL for writes.</param>
/// <param name="Api">The API behind the edge: its responses are not cached.</param>
/// <param name="Seller">A seller's token.</param>
internal sealed record RunningStack(
    Uri Edge,
    Uri Api,
    string Seller)
{
    /// <exception cref="LatencyException">No stack runs on the folder.</exception>
    public static RunningStack Find(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "ready.json");
        if (!File.Exists(path))
            throw new LatencyException($"No stack runs on {dataFolder}. Start one with dotnet run -c Release --project infra/Local, or name its data folder with --data.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return new RunningStack(
                new Uri(json.RootElement.GetProperty("edge").GetString()!),
                new Uri(json.RootElement.GetProperty("api").GetString()!),
                json.RootElement.GetProperty("tokens").GetProperty("seller").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            throw new LatencyException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

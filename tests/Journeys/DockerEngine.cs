using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace ServerlessCqrs.Journeys;

/// <summary>Checks whether there is a Docker engine for containers.</summary>
internal static class DockerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns null if there is one, or why there is none, within <see cref="Patience"/>.</summary>
    public static async Task<string?> WhyNotAsync()
    {
        try
        {
            var endpoint = TestcontainersSettings.OS.DockerEndpointAuthConfig;
            if (endpoint is null) return "no Docker engine was found.";
            using var patience = new CancellationTokenSource(Patience);
            using var docker = endpoint.GetDockerClientBuilder(Guid.NewGuid()).Build();
            await docker.System.PingAsync(patience.Token);
            return null;
        }
        catch (Exception e) when (e is DockerUnavailableException or DockerApiException or HttpRequestException or OperationCanceledException or TimeoutException)
        {
            return $"no Docker engine answers ({e.Message.Split('\n')[0].Trim()}).";
        }
    }
}

using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>Which part listens where. The edge comes first, then the emulators take theirs, then the rest; the order never changes, so that a stack keeps its addresses.</summary>
internal sealed class LocalPorts(
    int first,
    SystemTopology system)
{
    public Ports Emulators { get; } = new(first == 0 ? 0 : first + 1);

    public int Edge { get; } = new Ports(first).Take("the edge");

    /// <summary>Takes what is left, after the emulators have theirs.</summary>
    public (int Gateway, int Identity, int Invalidations, IReadOnlyDictionary<HttpService, int> Services, int Vault, int Sockets) TakeRest() => (
        Emulators.Take("the API gateway"),
        Emulators.Take("the identity provider"),
        Emulators.Take("CloudFront's invalidations"),
        system.Services.ToDictionary(service => service, service => Emulators.Take(service.Name)),
        Emulators.Take("keys and secrets"),
        Emulators.Take("the sockets"));

    /// <summary>Taken last, so that no other part moves.</summary>
    public int TakeConsole() => Emulators.Take("the console");
}

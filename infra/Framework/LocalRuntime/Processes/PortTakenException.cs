namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>A port is taken. The message says which port, what needs it and how to choose another one.</summary>
public sealed class PortTakenException(int port, string owner) : IOException(
    $"Port {port} on 127.0.0.1, meant for {owner}, is in use by another program. Stop that program, or choose other ports with --port N (all ports count up from N).")
{
    public int Port { get; } = port;

    public string Owner { get; } = owner;
}

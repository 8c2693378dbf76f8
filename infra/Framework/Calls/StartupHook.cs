using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Calls;

/// <summary>
/// The runtime runs it before the program's own code when <c>DOTNET_STARTUP_HOOKS</c> names this assembly. So programs
/// need no code of their own to be recorded, and what is deployed has none.
/// Source: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it outside namespaces.")]
internal static class StartupHook
{
    public static void Initialize() => CallRecorder.Install();
}

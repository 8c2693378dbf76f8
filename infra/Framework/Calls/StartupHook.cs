using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Calls;

/// <summary>
/// The runtime runs this class before the program's own code if <c>DOTNET_STARTUP_HOOKS</c> names this assembly.
/// Programs therefore need no code for recording, and deployed programs contain none.
/// Source: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it outside namespaces.")]
internal static class StartupHook
{
    public static void Initialize() => CallRecorder.Install();
}

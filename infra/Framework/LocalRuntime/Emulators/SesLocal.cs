using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// SESv2, in memory. It accepts <c>SendEmail</c>, shows the mails at <c>/</c> and lists them as JSON at <c>/store</c>.
/// </summary>
public static class SesLocal
{
    public const string Name = "ses";

    public static ProcessSpec Spec(EmulatorPlace place) => place.Node(Name,
        place.Package("aws-ses-v2-local", "dist", "cli.js"),
        "--host", "127.0.0.1",
        "--port", place.PortText);
}

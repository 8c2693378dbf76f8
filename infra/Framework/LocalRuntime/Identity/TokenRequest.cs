using System.Text.RegularExpressions;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>A request for a token.</summary>
/// <param name="Subject">A valid <see cref="Streams.Subject"/>.</param>
/// <param name="Group">One of the system's groups.</param>
public sealed partial record TokenRequest(
    string Subject,
    string Email,
    string Group)
{
    /// <summary>RFC 5321.</summary>
    private const int LongestEmail = 254;

    /// <summary>Describes the request's fault to its sender; null if there is none.</summary>
    public string? FaultFor(UserGroups groups) =>
        !Streams.Subject.IsValid(Subject) ? $"sub must be {Streams.Subject.Rule}"
        : Email.Length > LongestEmail || !EmailForm().IsMatch(Email) ? "email must be an address such as ann@example.com"
        : !groups.Names.Contains(Group) ? $"group must be one of {string.Join(", ", groups.Names)}"
        : null;

    [GeneratedRegex(@"\A[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z")]
    private static partial Regex EmailForm();
}

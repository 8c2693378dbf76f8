using System.Text.RegularExpressions;

namespace ServerlessCqrs.Local.Identity;

/// <summary>Whom a token is for.</summary>
/// <param name="Subject">1 to 100 of letters, digits and <c>- _ . @ | :</c>.</param>
/// <param name="Group">seller, customer or operator.</param>
public sealed partial record TokenRequest(
    string Subject,
    string Email,
    string Group)
{
    private const int LongestSubject = 100;

    /// <summary>RFC 5321.</summary>
    private const int LongestEmail = 254;

    public static IReadOnlyList<string> Groups { get; } = ["seller", "customer", "operator"];

    /// <summary>What is wrong with it, for its sender; null when nothing is.</summary>
    public string? Fault =>
        Subject.Length is 0 or > LongestSubject || !SubjectForm().IsMatch(Subject) ? $"sub must be 1 to {LongestSubject} letters, digits or - _ . @ | :"
        : Email.Length > LongestEmail || !EmailForm().IsMatch(Email) ? "email must be an address such as ann@example.com"
        : !Groups.Contains(Group) ? $"group must be one of {string.Join(", ", Groups)}"
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9\-_.@|:]+\z")]
    private static partial Regex SubjectForm();

    [GeneratedRegex(@"\A[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z")]
    private static partial Regex EmailForm();
}

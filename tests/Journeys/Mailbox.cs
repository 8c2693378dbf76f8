using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Journeys;

/// <summary>The mails that the mail service accepted, read from its store.</summary>
internal static partial class Mailbox
{
    private static readonly HttpClient Http = new();

    public static async Task<IReadOnlyList<Mail>> OfAsync(LocalStack stack, string subject) =>
        [.. (await AllAsync(stack)).Where(mail => mail.To.Contains($"{subject}@example.com", StringComparer.Ordinal))];

    public static async Task<IReadOnlyList<Mail>> AllAsync(LocalStack stack)
    {
        var store = await Http.GetFromJsonAsync<JsonElement>(new Uri(stack.Url("mail"), "store"));
        return [.. store.GetProperty("emails").EnumerateArray().Select(mail => new Mail(
            [.. mail.GetProperty("destination").GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            mail.GetProperty("subject").GetString()!,
            mail.GetProperty("body").GetProperty("text").GetString() ?? "",
            mail.GetProperty("body").GetProperty("html").GetString() ?? ""))];
    }

    public sealed partial record Mail(
        IReadOnlyList<string> To,
        string Subject,
        string Text,
        string Html)
    {
        /// <summary>The path of the one-click link.</summary>
        public string UnsubscribePath => UnsubscribeLink().Match(Text) is { Success: true } link ? link.Value : throw new InvalidOperationException($"No link in: {Text}");

        [GeneratedRegex(@"unsubscribe/[^\s""<>]+")]
        private static partial Regex UnsubscribeLink();
    }
}

using System.Security.Cryptography;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.WebConsole;

/// <summary>How a console is started.</summary>
/// <param name="Stack">What the page calls the stack: <c>local</c>, or an environment's name.</param>
/// <param name="Selector">What the operator's commands need to select the same stack, for example <c>--stack prod</c>; empty for none.</param>
/// <param name="Port">On 127.0.0.1; 0 for any free one.</param>
/// <param name="Token">It allows everything that the console can do: <see cref="NewToken"/>.</param>
/// <param name="Page">The folder of the page's built files.</param>
public sealed record ConsoleOptions(
    string Stack,
    string Selector,
    int Port,
    string Token,
    string Page,
    FlowParts Parts)
{
    /// <summary>128 random bits, as text that a URL takes as it is.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The page's URL. Browsers never send the part behind <c>#</c>, so that the token stands in no log.</summary>
    public static Uri UrlOf(int port, string token) => new($"http://127.0.0.1:{port}/#{token}");
}

using System.Security.Cryptography;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.WebConsole;

/// <summary>How a console is started.</summary>
/// <param name="Stack">What the page calls the stack: <c>local</c>, or an environment's name.</param>
/// <param name="Selector">The operator's options that select the stack, as in <c>--stack prod</c>; can be empty.</param>
/// <param name="Port">On 127.0.0.1; 0 for any free one.</param>
/// <param name="Token">Allows everything that the console can do. <see cref="NewToken"/> makes one.</param>
/// <param name="Page">The folder of the page's built files.</param>
public sealed record ConsoleOptions(
    string Stack,
    string Selector,
    int Port,
    string Token,
    string Page,
    FlowParts Parts)
{
    /// <summary>128 random bits in hexadecimal.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The page's URL. Browsers never send the part behind <c>#</c>, so no log contains the token.</summary>
    public static Uri UrlOf(int port, string token) => new($"http://127.0.0.1:{port}/#{token}");
}

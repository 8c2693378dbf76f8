using ServerlessCqrs.Simulation.Runs;

// Numbers on the command line run seeds; anything else is for the test runner.
if (CommandLine.TryRead(args) is { } run) return run.Execute();
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, ServerlessCqrs.Simulation.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

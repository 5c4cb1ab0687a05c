@echo off
rem Starts the command shs, with the Java of JAVA_HOME, else that of the PATH.
setlocal
set "SHS_LIB=%~dp0..\lib"
set "SHS_JAVA=java"
if defined JAVA_HOME set "SHS_JAVA=%JAVA_HOME%\bin\java"
"%SHS_JAVA%" -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED -cp "%SHS_LIB%\*;%SHS_LIB%\bench\*" org.secrethandshake.cli.Shs %*
exit /b %ERRORLEVEL%

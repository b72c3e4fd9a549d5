@echo off
rem Menjalankan Asisten UEP; pilihan diteruskan, misalnya jalankan.bat --port 8000
setlocal
cd /d "%~dp0"
set "V="
set "L="
if exist KINI for /f %%I in (KINI) do set "V=%%I"
if exist "versi\%V%\LINGKUNGAN" for /f %%I in (versi\%V%\LINGKUNGAN) do set "L=%%I"
if defined L if exist "lingkungan\%L%\SELESAI" goto jalan
call .\pasang.bat lanjut
if errorlevel 1 exit /b 1
:jalan
set HF_HUB_OFFLINE=1
set GRADIO_ANALYTICS_ENABLED=False
set PYTHONUTF8=1
"lingkungan\%L%\Scripts\python.exe" "versi\%V%\app.py" %*
set "K=%errorlevel%"
if "%K%"=="0" exit /b 0
rem Ctrl+C
if "%K%"=="-1073741510" exit /b 0
echo Asisten UEP berhenti karena kesalahan di atas. Data Anda tetap tersimpan. Atasi sebabnya, lalu jalankan lagi jalankan.bat.
pause
exit /b %K%
